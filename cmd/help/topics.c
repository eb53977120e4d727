/*
 * The topics of `shopctl help TOPIC`.
 */
#include "help/topics.h"

#include <string.h>

#define TOPIC(id, name, summary) extern const char topic_text_##id[];
#define INTRO(id) extern const char intro_text_##id[];
#include "help/topic_list.h"
#undef TOPIC
#undef INTRO

const struct help_topic *help_topics(void)
{
	static const struct help_topic topics[] = {
#define TOPIC(id, name, summary) {#name, summary, topic_text_##id},
#define INTRO(id)
#include "help/topic_list.h"
#undef TOPIC
#undef INTRO
		{NULL, NULL, NULL},
	};

	return topics;
}

const struct help_topic *help_topic(const char *name)
{
	const struct help_topic *topic = help_topics();

	while (topic->name != NULL && strcmp(topic->name, name) != 0)
		topic++;
	return topic->name == NULL ? NULL : topic;
}

/* The text with its tables filled in. */
static char *fill(const char *text)
{
	GString *to = g_string_new(NULL);
	const char *line = text;

	while (*line != '\0') {
		size_t length = strcspn(line, "\n");

		if (*line != '@' || !help_table(to, line + 1, length - 1)) {
			g_string_append_len(to, line, (gssize)length);
			g_string_append_c(to, '\n');
		}
		line += length + (line[length] == '\n' ? 1 : 0);
	}
	return g_string_free(to, FALSE);
}

char *help_topic_prose(const struct help_topic *topic)
{
	return fill(topic->text);
}

char *help_intro(const char *name)
{
	static const struct {
		const char *name, *text;
	} intros[] = {
#define TOPIC(id, name, summary)
#define INTRO(id) {#id, intro_text_##id},
#include "help/topic_list.h"
#undef TOPIC
#undef INTRO
	};

	for (size_t i = 0; i < G_N_ELEMENTS(intros); i++)
		if (strcmp(intros[i].name, name) == 0)
			return fill(intros[i].text);
	return NULL;
}
