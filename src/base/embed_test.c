#include "base/embed.h"

#include "base/test.h"

#include "calendar_data.h"

TEST(an_embedded_table_is_sorted_and_its_files_end_in_nul)
{
    EXPECT(calendar_data_count == 23);
    for (size_t i = 0; i < calendar_data_count; i++) {
        const struct embedded *file = &calendar_data[i];

        EXPECT_ROW(file->path, file->bytes[file->n] == '\0');
        EXPECT_ROW(file->path, str_begins(embedded_text(file), S("year 20")));
        EXPECT_ROW(file->path, str_ends(embedded_text(file), S("\n")));
        EXPECT_ROW(file->path,
                   i == 0 || strcmp(calendar_data[i - 1].path, file->path) < 0);
    }
}

TEST(every_embedded_file_is_found_by_its_path)
{
    for (size_t count = 0; count <= calendar_data_count; count++) {
        for (size_t i = 0; i < count; i++)
            EXPECT(embedded_find(calendar_data, count,
                                 str_of(calendar_data[i].path)) ==
                   &calendar_data[i]);
    }
}

TEST(a_path_that_is_not_embedded_is_not_found)
{
    static const str rows[] = {
        S_INIT(""),         S_INIT("2003.txt"),   S_INIT("2027.txt"),
        S_INIT("2026.tx"),  S_INIT("2026.txt/"),  S_INIT("calendar/2026.txt"),
        S_INIT("\xff.txt"), S_INIT("2010.txt\0"),
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_ROW(rows[i].p, embedded_find(calendar_data, calendar_data_count,
                                            rows[i]) == NULL);
    EXPECT(embedded_find(calendar_data, 0, S("2010.txt")) == NULL);
}
