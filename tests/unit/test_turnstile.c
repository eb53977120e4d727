/* The turnstile: one at a time, in order, freed by death, and never longer than the deadline. */
#include "store/turnstile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECOND INT64_C(1000000)

struct place {
	char *directory;
	char *path;
	struct turnstile t;
	struct shop_error err;
};

static int setup(void **state)
{
	struct place *p = g_new0(struct place, 1);

	p->directory = g_dir_make_tmp("shop-turn-XXXXXX", NULL);
	p->path = g_build_filename(p->directory, "x", NULL);
	*state = p;
	return turnstile_open(&p->t, p->path, &p->err) ? 0 : -1;
}

static int teardown(void **state)
{
	struct place *p = *state;
	char *side = g_strconcat(p->path, "-turn", NULL);

	turnstile_close(&p->t);
	g_unlink(side);
	g_rmdir(p->directory);
	shop_error_done(&p->err);
	g_free(side);
	g_free(p->path);
	g_free(p->directory);
	g_free(p);
	return 0;
}

/* Start a process that holds the turnstile until it is killed. */
static pid_t hold(struct place *p)
{
	struct turnstile t;
	int ready[2];
	char byte;
	pid_t child;

	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		if (!turnstile_open(&t, p->path, &p->err) ||
		    !turnstile_enter(&t, turnstile_clock_us() + SECOND, &p->err) ||
		    write(ready[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	close(ready[1]);
	return child;
}

static void end(pid_t child)
{
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

static void the_deadline_holds_though_the_holder_sleeps(void **state)
{
	struct place *p = *state;
	pid_t holder = hold(p);
	int64_t began = turnstile_clock_us();

	assert_false(turnstile_enter(&p->t, began + SECOND / 20, &p->err));
	assert_int_equal(p->err.id, E_STORE_BUSY);
	assert_true(turnstile_clock_us() - began >= SECOND / 20);
	assert_true(turnstile_clock_us() - began < SECOND);
	end(holder);
}

static void a_dead_holder_lets_the_next_one_in(void **state)
{
	struct place *p = *state;

	end(hold(p));
	assert_true(turnstile_enter(&p->t, turnstile_clock_us(), &p->err));
	turnstile_leave(&p->t);
}

static void one_who_gave_up_does_not_stand_in_the_way(void **state)
{
	struct place *p = *state;
	pid_t holder = hold(p);

	assert_false(turnstile_enter(&p->t, turnstile_clock_us() + 1000, &p->err));
	end(holder);
	assert_true(turnstile_enter(&p->t, turnstile_clock_us() + SECOND, &p->err));
	turnstile_leave(&p->t);
	end(hold(p));
}

/* Each of three processes goes through as often as it can in 0.3 s. */
static void run(struct place *p, int *mine, int *inside)
{
	int64_t until = turnstile_clock_us() + 3 * SECOND / 10;
	struct turnstile t;
	bool alone = turnstile_open(&t, p->path, &p->err);

	while (alone && turnstile_clock_us() < until) {
		if (!turnstile_enter(&t, turnstile_clock_us() + 5 * SECOND, &p->err))
			_exit(1);
		alone = __atomic_add_fetch(inside, 1, __ATOMIC_SEQ_CST) == 1;
		g_usleep(200);
		__atomic_sub_fetch(inside, 1, __ATOMIC_SEQ_CST);
		turnstile_leave(&t);
		++*mine;
	}
	_exit(alone ? 0 : 1);
}

static void all_get_their_turn_and_nobody_is_inside_with_another(void **state)
{
	struct place *p = *state;
	int *shared = mmap(NULL, 4 * sizeof *shared, PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int least, most, status;

	assert_true(shared != MAP_FAILED);
	for (int i = 0; i < 3; i++)
		if (fork() == 0)
			run(p, &shared[i], &shared[3]);
	while (wait(&status) > 0)
		assert_int_equal(status, 0);
	least = most = shared[0];
	for (int i = 1; i < 3; i++) {
		least = MIN(least, shared[i]);
		most = MAX(most, shared[i]);
	}
	assert_true(least > 20);
	assert_true(most < 3 * least); /* busy waiting gives one 1 and another 1,000 */
	munmap(shared, 4 * sizeof *shared);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(the_deadline_holds_though_the_holder_sleeps),
		EACH(a_dead_holder_lets_the_next_one_in),
		EACH(one_who_gave_up_does_not_stand_in_the_way),
		EACH(all_get_their_turn_and_nobody_is_inside_with_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
