#include "service/records_label.h"

#include "records/screens.h"
#include "service/records_report.h"
#include "service/records_words.h"

const char *records_label(str name)
{
    for (int i = 0; i < SHARE_COUNT; i++) {
        enum figure_share share = (enum figure_share)i;

        if (str_eq(name, str_of(records_share_words(share)->name)))
            return report_share_name(share);
    }
    return "records_report.unsaid";
}

const char *records_screen_label(str word)
{
    for (int i = 0; i < SCREEN_COUNT; i++) {
        if (str_eq(word, screen_word((enum screen)i)))
            return screen_name((enum screen)i);
    }
    return NULL;
}
