/*
 * Times short commands from spawn to reap, in turn, so that a noisy moment of the machine hits all
 * of them alike. A small parent: its own pages would be counted as the child's largest memory.
 *
 * usage: spawn RUNS FILE
 * Each line of FILE is one command, its words separated by tabs. Prints a line for each: the median
 * time in microseconds, the largest memory in KiB. What the commands print is dropped.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMANDS_MAX 16
#define WORDS_MAX 32
#define RUNS_MAX 10000
/* The first rounds fill the page cache and count for nothing. */
#define WARM_UP 3

struct command {
	char *words[WORDS_MAX + 1];
	int64_t took_us[RUNS_MAX];
	long memory_kib;
};

static struct command commands[COMMANDS_MAX];

static int64_t clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int split(char *line, char **words)
{
	int count = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *word = strtok(line, "\t"); word && count < WORDS_MAX; word = strtok(NULL, "\t"))
		words[count++] = strdup(word);
	return count;
}

static int read_commands(const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;
	int count = 0;

	while (file && count < COMMANDS_MAX && getline(&line, &size, file) > 0)
		if (split(line, commands[count].words) > 0)
			count++;
	free(line);
	if (file)
		fclose(file);
	return count;
}

/* posix_spawn shares this program's memory until the command runs, as vfork does. */
static int64_t run(struct command *c, posix_spawn_file_actions_t *actions)
{
	int64_t began = clock_us();
	struct rusage usage;
	int status;
	pid_t pid;

	if (posix_spawn(&pid, c->words[0], actions, NULL, c->words, environ) ||
	    wait4(pid, &status, 0, &usage) != pid || status != 0) {
		(void)fprintf(stderr, "spawn: %s failed\n", c->words[0]);
		exit(1);
	}
	if (usage.ru_maxrss > c->memory_kib)
		c->memory_kib = usage.ru_maxrss;
	return clock_us() - began;
}

static int by_size(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	const int runs = argc == 3 ? atoi(argv[1]) : 0;
	const int count = argc == 3 ? read_commands(argv[2]) : 0;
	posix_spawn_file_actions_t actions;

	if (runs < 1 || runs > RUNS_MAX || count < 1) {
		(void)fputs("usage: spawn RUNS FILE\n", stderr);
		return 2;
	}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	for (int i = runs > WARM_UP ? -WARM_UP : 0; i < runs; i++)
		for (int n = 0; n < count; n++)
			commands[n].took_us[i < 0 ? 0 : i] = run(&commands[n], &actions);
	for (int n = 0; n < count; n++) {
		qsort(commands[n].took_us, (size_t)runs, sizeof(int64_t), by_size);
		printf("%lld %ld\n", (long long)commands[n].took_us[runs / 2],
		       commands[n].memory_kib);
	}
	return 0;
}
