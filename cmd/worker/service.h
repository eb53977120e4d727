/*
 * What a service manager hears of a worker (sd_notify's protocol): datagrams of KEY=VALUE lines to
 * the socket that NOTIFY_SOCKET names. Any thread may tell.
 */
#ifndef SHOPCTL_WORKER_SERVICE_H
#define SHOPCTL_WORKER_SERVICE_H

#include "shop/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

struct service {
	int fd; /* -1 = nobody listens */
	struct sockaddr_un to;
	socklen_t to_size;
	int64_t watchdog_us; /* it wants a sign of life this often; 0 = none */
};

/** Find who listens, by the environment; nobody is no failure. */
void service_open(struct service *service);

/** Close. */
void service_close(struct service *service);

/** Send lines ("READY=1\nSTATUS=…"). A manager that does not take them is not waited for. */
void service_tell(const struct service *service, const char *fmt, ...) SHOP_PRINTF(2, 3);

/** Microseconds of the clock that RELOADING=1 names. */
int64_t service_clock_us(void);

#endif
