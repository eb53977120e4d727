/*
 * Signs of life during a call outside that takes longer than its lease: a thread renews the lease
 * at each third of it. A stopped process renews nothing, so its job is taken over as before.
 */
#include "worker/worker.h"

#include <pthread.h>
#include <time.h>

/* A call that takes longer than this many leases does not come back: somebody else shall try. */
#define LEASES_MAX 20

struct heartbeat {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	const struct shop_store *store; /* the worker's own, to open another like it */
	int64_t lease_us;
	const struct claimed *job; /* outside now, NULL = none; set and unset under the lock */
	int64_t due_us;		   /* when its lease is renewed next */
	int64_t until_us;	   /* and after when no more */
	bool stop;
};

static struct timespec at(int64_t us)
{
	return (struct timespec){.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
}

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/*
 * Under the lock, so that the job stays what it is. A store that is busy is asked again after the
 * next third; a lease that is no longer ours is left alone.
 */
static void renew(struct heartbeat *h, struct shop_store **store)
{
	AUTO_ERROR struct shop_error err = {0};
	bool ours = false;

	h->due_us = now_us() + h->lease_us / 3;
	if (*store == NULL && !shop_store_another(h->store, store, &err))
		return;
	if (claim_renew(*store, h->job, h->lease_us, &ours, &err) && !ours)
		h->due_us = INT64_MAX;
}

/* Nobody wakes the thread for a job: it looks after each third of a lease, which is early enough.
 */
static void *beat(void *arg)
{
	AUTO_STORE struct shop_store *store = NULL;
	struct heartbeat *h = arg;

	pthread_mutex_lock(&h->lock);
	while (!h->stop) {
		int64_t next_us = now_us() + h->lease_us / 3;
		struct timespec wake;

		if (h->job != NULL && now_us() < h->until_us) {
			if (now_us() >= h->due_us)
				renew(h, &store);
			next_us = MIN(next_us, h->due_us);
		}
		wake = at(next_us);
		(void)pthread_cond_timedwait(&h->changed, &h->lock, &wake);
	}
	pthread_mutex_unlock(&h->lock);
	return NULL;
}

static struct heartbeat *start(const struct worker *w)
{
	struct heartbeat *h = g_new0(struct heartbeat, 1);
	pthread_condattr_t clock;

	h->store = w->store;
	h->lease_us = claim_lease_us(w);
	pthread_mutex_init(&h->lock, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&h->changed, &clock);
	pthread_condattr_destroy(&clock);
	if (pthread_create(&h->thread, NULL, beat, h) == 0)
		return h;
	pthread_cond_destroy(&h->changed);
	pthread_mutex_destroy(&h->lock);
	g_free(h);
	return NULL;
}

void heartbeat_begin(struct worker *w, const struct claimed *job)
{
	struct heartbeat *h = w->heartbeat;

	if (h == NULL)
		h = w->heartbeat = start(w);
	if (h == NULL)
		return;
	pthread_mutex_lock(&h->lock);
	h->job = job;
	h->due_us = now_us() + h->lease_us / 3;
	h->until_us = now_us() + LEASES_MAX * h->lease_us;
	pthread_mutex_unlock(&h->lock);
}

void heartbeat_end(struct worker *w)
{
	struct heartbeat *h = w->heartbeat;

	if (h == NULL)
		return;
	pthread_mutex_lock(&h->lock);
	h->job = NULL;
	pthread_mutex_unlock(&h->lock);
}

void heartbeat_stop(struct worker *w)
{
	struct heartbeat *h = w->heartbeat;

	if (h == NULL)
		return;
	pthread_mutex_lock(&h->lock);
	h->stop = true;
	pthread_cond_signal(&h->changed);
	pthread_mutex_unlock(&h->lock);
	(void)pthread_join(h->thread, NULL);
	pthread_cond_destroy(&h->changed);
	pthread_mutex_destroy(&h->lock);
	g_free(h);
	w->heartbeat = NULL;
}
