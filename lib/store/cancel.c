/* Stopping at the caller's wish: a descriptor that becomes readable, looked at while statements
 * run. */
#include "store/store_internal.h"

#include <poll.h>

bool store_canceled(const struct shop_store *store)
{
	struct pollfd fd = {.fd = store->cancel_fd, .events = POLLIN};

	return store->cancel_fd >= 0 && poll(&fd, 1, 0) == 1;
}

bool store_fail_canceled(struct shop_error *err)
{
	return shop_fail(err, E_INTERRUPTED, "stopped; what was not committed was not done");
}

static bool stop(void *ctx)
{
	return store_canceled(ctx);
}

void shop_store_cancel_by(struct shop_store *store, int cancel_fd)
{
	store->cancel_fd = cancel_fd;
	store->driver->stop_when(store->conn, cancel_fd < 0 ? NULL : stop, store);
}
