#include "bare.h"

#include "measure.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static enum MHD_Result answer(void *response, struct MHD_Connection *c,
                              const char *, const char *, const char *,
                              const char *, size_t *, void **seen)
{
    static int here;

    /* As the library asks: the answer is given at the second call. */
    if (*seen == NULL) {
        *seen = &here;
        return MHD_YES;
    }
    return MHD_queue_response(c, MHD_HTTP_OK, response);
}

static struct MHD_Response *response_of(str body, const char *type)
{
    /* The library asks for a pointer it may write to and does not write. */
    union {
        const char *ours;
        void *theirs;
    } bytes = { .ours = body.p };
    struct MHD_Response *r =
        MHD_create_response_from_buffer(body.n, bytes.theirs,
                                        MHD_RESPMEM_PERSISTENT);

    must(r != NULL, "the library makes no answer");
    must(MHD_add_response_header(r, "Content-Type", type) == MHD_YES,
         "the library takes no header");
    return r;
}

struct MHD_Daemon *bare_open(str body, const char *type, uint16_t *port)
{
    struct sockaddr_in on = { .sin_family = AF_INET,
                              .sin_addr = { htonl(INADDR_LOOPBACK) },
                              .sin_port = htons(*port) };
    struct MHD_Daemon *d =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer,
                         response_of(body, type), MHD_OPTION_SOCK_ADDR, &on,
                         MHD_OPTION_END);

    must(d != NULL, "the library does not serve");
    *port = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port;
    return d;
}
