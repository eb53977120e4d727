/*
 * A SQLite VFS that notes every write, truncation and sync of a store's file and WAL, and can build
 * what a disk would hold had the power failed at any moment.
 */
#ifndef TEST_LOSS_VFS_H
#define TEST_LOSS_VFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What becomes of writes that no sync followed. */
enum loss { LOSS_ALL, LOSS_NONE, LOSS_SOME };

struct loss_log;

/** Begin to note what happens to `path` and its WAL; they count as durable as they are. Becomes the
 * default VFS. */
struct loss_log *loss_begin(const char *path);

/** Note that a commit was acknowledged. */
void loss_acknowledge(struct loss_log *log);

/** The VFS is the default no longer. All connections through it must be closed. */
void loss_end(struct loss_log *log);

/** How many moments there are to fail at: every sync and every acknowledgement. */
size_t loss_moments(const struct loss_log *log);

/** Write the image of a moment to `path` and its WAL; returns how many commits were acknowledged
 * before it. */
int64_t loss_image(const struct loss_log *log, size_t moment, enum loss loss, const char *path);

/** Free the log. */
void loss_free(struct loss_log *log);

#endif
