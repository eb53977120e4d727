/* Datagrams to the service manager. */
#include "worker/service.h"

#include <glib.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Longer is cut: a status line is for reading. */
#define MESSAGE_MAX 1024

int64_t service_clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* A path, or an abstract name that begins with @. */
static bool set_address(struct service *service, const char *name)
{
	const size_t length = strlen(name);

	if ((name[0] != '/' && name[0] != '@') || length < 2 ||
	    length >= sizeof(service->to.sun_path))
		return false;
	service->to = (struct sockaddr_un){.sun_family = AF_UNIX};
	memcpy(service->to.sun_path, name, length);
	if (name[0] == '@')
		service->to.sun_path[0] = '\0';
	/* An abstract name ends with its last byte, not with a NUL. */
	service->to_size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length +
				       (name[0] == '/' ? 1 : 0));
	return true;
}

/* The time is this process's, unless it says that it is another's. */
static int64_t watchdog_time(void)
{
	const char *text = getenv("WATCHDOG_USEC");
	const char *pid = getenv("WATCHDOG_PID");
	int64_t us = text == NULL ? 0 : g_ascii_strtoll(text, NULL, 10);

	if (pid != NULL && g_ascii_strtoll(pid, NULL, 10) != getpid())
		return 0;
	return MAX(us, 0);
}

void service_open(struct service *service)
{
	const char *name = getenv("NOTIFY_SOCKET");

	*service = (struct service){.fd = -1};
	if (name == NULL || !set_address(service, name))
		return;
	service->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (service->fd >= 0)
		service->watchdog_us = watchdog_time();
}

void service_close(struct service *service)
{
	if (service->fd >= 0)
		(void)close(service->fd);
	service->fd = -1;
}

void service_tell(const struct service *service, const char *fmt, ...)
{
	char message[MESSAGE_MAX];
	va_list ap;

	if (service->fd < 0)
		return;
	va_start(ap, fmt);
	(void)g_vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	(void)sendto(service->fd, message, strlen(message), MSG_NOSIGNAL | MSG_DONTWAIT,
		     (const struct sockaddr *)&service->to, service->to_size);
}
