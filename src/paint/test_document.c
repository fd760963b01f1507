#include "paint/test_document.h"

static struct paint_cell cells[3] = { { S_INIT("5.1") },
                                      { S_INIT("服务电话 24 小时有人接听") },
                                      { S_INIT("0.50") } };
static struct paint_row rows[1] = { { { cells, 3 }, false } };
static struct paint_column columns[3] = {
    { S_INIT("条款"), 150, PAINT_LEFT },
    { S_INIT("要求"), 650, PAINT_LEFT },
    { S_INIT("失分"), 200, PAINT_RIGHT },
};
static struct paint_bar bars[2] = {
    { S_INIT("售后服务体系"), S_INIT("39.60 / 40.00"), 990, 0 },
    { S_INIT("商品服务"), S_INIT("0.00 / 35.00"), 0, 500 },
};
static struct paint_block blocks[] = {
    { .kind = PAINT_FIELDS, .rows = { rows, 1 } },
    { .kind = PAINT_HEADING, .text = S_INIT("各部分得分") },
    { .kind = PAINT_BARS, .bars = { bars, 2 } },
    { .kind = PAINT_TABLE, .columns = { columns, 3 }, .rows = { rows, 1 } },
    { .kind = PAINT_LIST, .rows = { rows, 1 } },
    { .kind = PAINT_PARAGRAPH, .text = S_INIT("体系运行正常。") },
    { .kind = PAINT_NOTE, .text = S_INIT("分值为演示所设。") },
    { .kind = PAINT_SIGNATURES, .rows = { rows, 1 } },
    { .kind = PAINT_BREAK },
    { .kind = PAINT_PARAGRAPH, .text = S_INIT("第二页") },
};

struct paint_document test_flow_document(void)
{
    return (struct paint_document){
        .title = S("审查报告"),
        .subtitle = S("示例电器有限公司"),
        .body = S("示例认证中心"),
        .kind = S("审查报告"),
        .number = S("C2026-0001"),
        .pages = S("第 {page} 页，共 {pages} 页"),
        .example = S("示例"),
        .made = 20514,
        .blocks = { blocks, sizeof blocks / sizeof *blocks },
    };
}

struct paint_certificate test_certificate(void)
{
    static struct paint_field fields[] = {
        { S_INIT("认证依据"), S_INIT("Criterion"), S_INIT("T 1-2026"),
          S_INIT("Test criterion") },
        { S_INIT("认证范围"), S_INIT("Scope"), S_INIT("家用电器的安装与维修"),
          S_INIT("Installation and repair of appliances") },
    };
    static struct paint_field days[] = {
        { S_INIT("颁证日期"), S_INIT("Issued on"), S_INIT("2026年3月2日"),
          S_INIT("2 March 2026") },
        { S_INIT("有效期至"), S_INIT("Valid until"), S_INIT("2029年3月1日"),
          S_INIT("1 March 2029") },
    };

    return (struct paint_certificate){
        .title = S("服务认证证书"),
        .title_other = S("Certificate of service certification"),
        .stars = 10,
        .number = S("证书编号 00026SC0001R0S"),
        .sample = S("示例"),
        .intro = S("兹证明"),
        .intro_other = S("This is to certify that"),
        .holder = S("示例电器有限公司"),
        .statement = S("服务符合所列依据。"),
        .statement_other = S("Service was found to meet the criterion."),
        .fields = { fields, 2 },
        .days = { days, 2 },
        .qr = S("HTTPS://CERT.EXAMPLE/C/00026SC0001R0S"),
        .scan = S("扫码核验"),
        .scan_other = S("Scan to verify"),
        .body = S("示例认证中心"),
        .body_other = S("Example Centre"),
        .seal = S("服务认证"),
        .seal_below = S("CNCA-R-2099-000"),
    };
}

struct paint_document test_certificate_document(struct paint_certificate *c)
{
    struct paint_document d = test_flow_document();

    d.title = c->title;
    d.certificate = (struct list){ c, 1 };
    d.blocks = (struct list){ NULL, 0 };
    return d;
}
