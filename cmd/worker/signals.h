/*
 * Signals of a worker: a thread of their own waits for them, so no handler needs a global, and a
 * second TERM or the end of the grace time works although the worker is busy.
 */
#ifndef SHOPCTL_WORKER_SIGNALS_H
#define SHOPCTL_WORKER_SIGNALS_H

#include "worker/pulse.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct worker_signals {
	pthread_t thread;
	sigset_t waited;
	sigset_t before;
	int64_t grace_us;
	const struct service *service;
	struct pulse *pulse;
	int wake_fd; /* readable once `stop` is set */
	atomic_bool stop;
	atomic_bool reload; /* HUP: begin again with a new configuration */
	bool running;
};

/* How signals are taken. */
struct worker_signals_how {
	int64_t grace_us;
	bool reload;		       /* HUP too */
	const struct service *service; /* is told of each */
	struct pulse *pulse;	       /* USR1 writes it to stderr */
};

/** Begin: TERM and INT (and HUP when `reload`) set flags instead of killing. False when there is no
 * thread. What `how` points to outlives it. */
bool worker_signals_begin(struct worker_signals *s, const struct worker_signals_how *how);

/** End: signals do again what they did before. */
void worker_signals_end(struct worker_signals *s);

/** `stopping` of shop_worker_options; ctx is the struct worker_signals. */
bool worker_signals_stopping(void *ctx);

#endif
