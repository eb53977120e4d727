/*
 * Places orders through the domain's own function as fast as it goes: processes, group commit,
 * waits.
 *
 * usage: place_orders STORE PROCESSES SECONDS BATCH
 * The store holds the products SKU-0000001 … with stock. Prints one line, as the floor's `order`
 * does: orders/s, quantiles of the time of one commit, Jain's index over the processes.
 */
#include "domain/domain.h"
#include "shop/times.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROCESSES_MAX 16
#define COMMITS_MAX (1 << 18)
#define PRODUCTS 2000

/* What one process reports through shared memory. */
struct report {
	int64_t orders;
	int64_t commits;
	int32_t wait_us[COMMITS_MAX];
};

struct batch {
	GRand *chance;
	int64_t first_product;
	int size;
	int64_t placed;
};

static void die(const struct shop_error *err)
{
	(void)fprintf(stderr, "place_orders: %s\n", err->message);
	_exit(1);
}

static bool place_one(struct shop_store *store, struct batch *batch, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	struct order_new_line lines[3];
	struct order_new in = {.pay = "sandbox:approve", .placed_us = SHOP_NULL, .lines = lines};
	int64_t id;

	in.count = 2 + g_rand_int(batch->chance) % 2;
	for (size_t i = 0; i < in.count; i++)
		lines[i] = (struct order_new_line){
			.product_id = batch->first_product + g_rand_int(batch->chance) % PRODUCTS,
			.qty = 1 + g_rand_int(batch->chance) % 3,
			.price_minor = SHOP_NULL,
		};
	return shop_txn_begin(&txn, store, err) && order_place(store, &in, &id, err) &&
	       shop_txn_commit(&txn, err);
}

static bool place_batch(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct batch *batch = arg;
	int i;

	for (i = 0; i < batch->size; i++)
		if (!place_one(store, batch, err))
			return false;
	batch->placed += batch->size;
	return true;
}

static void work(const char *path, int rank, int size, int64_t until_us, struct report *report)
{
	const struct shop_store_options options = {
		.path = path, .mode = SHOP_STORE_WRITE, .sync = SHOP_SYNC_LATE, .long_lived = true};
	struct batch batch = {.chance = g_rand_new_with_seed((guint32)(rank + 1)),
			      .first_product = SHOP_ID_FIRST,
			      .size = size};
	AUTO_ERROR struct shop_error err = {0};
	AUTO_STORE struct shop_store *store = NULL;
	int64_t began;

	if (!shop_store_open(&options, &store, &err))
		die(&err);
	while ((began = shop_now_us()) < until_us) {
		const struct shop_context ctx = {.actor = "bench", .now_us = began};

		if (!shop_store_write(store, &ctx, place_batch, &batch, &err))
			die(&err);
		if (report->commits < COMMITS_MAX)
			report->wait_us[report->commits++] = (int32_t)(shop_now_us() - began);
	}
	report->orders = batch.placed;
	g_rand_free(batch.chance);
}

static int by_size(const void *a, const void *b)
{
	const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

static void print_reports(const struct report *reports, int processes, double seconds)
{
	GArray *waits = g_array_new(FALSE, FALSE, sizeof(int32_t));
	double sum = 0, squares = 0;
	int i;

	for (i = 0; i < processes; i++) {
		sum += (double)reports[i].orders;
		squares += (double)reports[i].orders * (double)reports[i].orders;
		g_array_append_vals(waits, reports[i].wait_us, (guint)reports[i].commits);
	}
	qsort(waits->data, waits->len, sizeof(int32_t), by_size);
	(void)printf("%9.0f orders/s  p50=%8d us p99=%8d max=%8d jain=%.3f\n", sum / seconds,
		     g_array_index(waits, int32_t, waits->len / 2),
		     g_array_index(waits, int32_t, waits->len * 99 / 100),
		     g_array_index(waits, int32_t, waits->len - 1),
		     sum * sum / (processes * squares));
	g_array_unref(waits);
}

int main(int argc, char **argv)
{
	const int processes = argc == 5 ? atoi(argv[2]) : 0;
	const double seconds = argc == 5 ? atof(argv[3]) : 0;
	const int64_t until_us = shop_now_us() + (int64_t)(seconds * 1e6);
	struct report *reports;
	int i, status, bad = 0;

	if (processes < 1 || processes > PROCESSES_MAX || seconds <= 0) {
		(void)fputs("usage: place_orders STORE PROCESSES SECONDS BATCH\n", stderr);
		return 2;
	}
	reports = mmap(NULL, sizeof(*reports) * PROCESSES_MAX, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (reports == MAP_FAILED)
		return 1;
	for (i = 0; i < processes; i++)
		if (fork() == 0) {
			work(argv[1], i, MAX(1, atoi(argv[4])), until_us, &reports[i]);
			_exit(0);
		}
	while (wait(&status) > 0)
		bad |= status;
	if (bad == 0)
		print_reports(reports, processes, seconds);
	return bad != 0;
}
