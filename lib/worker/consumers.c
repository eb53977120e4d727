/*
 * THE table: who reacts to what. Everything a reaction does is a call of the domain, which writes
 * its own rows and events; whom an event is about is read from the rows its subject names.
 */
#include "worker/consumers.h"

#include <stddef.h>

const struct reaction worker_reactions[] = {
	{NULL, NULL, NULL},
};

const struct job_kind worker_job_kinds[] = {
	{NULL, NULL, NULL},
};
