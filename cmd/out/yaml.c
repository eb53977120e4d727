/*
 * yaml: the record's JSON emitted by libyaml, every text quoted that another reader could take for
 * something else (no, 01234, 1_000, null, a date).
 */
#include "out/out_private.h"

#include <jansson.h>
#include <string.h>
#include <yaml.h>

static int append_bytes(void *data, unsigned char *bytes, size_t size)
{
	g_string_append_len(data, (const char *)bytes, (gssize)size);
	return 1;
}

/* Only words that begin with a letter and hold nothing special stay plain. */
static bool is_plain(const char *text)
{
	static const char *const reserved[] = { "y",  "n",   "yes",  "no",  "true", "false",
						"on", "off", "null", "nan", "inf" };
	size_t i;

	if (!g_ascii_isalpha(text[0]))
		return false;
	for (i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (g_ascii_strcasecmp(text, reserved[i]) == 0)
			return false;
	for (; *text != '\0'; text++)
		if (!g_ascii_isalnum(*text) && strchr("_-./@ ", *text) == NULL)
			return false;
	return text[-1] != ' ';
}

static bool emit_text(yaml_emitter_t *emitter, const char *text, bool plain)
{
	yaml_event_t event;

	return yaml_scalar_event_initialize(
		       &event, NULL, NULL, (const yaml_char_t *)text, (int)strlen(text), 1, 1,
		       plain ? YAML_PLAIN_SCALAR_STYLE : YAML_DOUBLE_QUOTED_SCALAR_STYLE) &&
	       yaml_emitter_emit(emitter, &event);
}

static bool emit_scalar(yaml_emitter_t *emitter, const json_t *value)
{
	char *text;
	bool ok;

	if (json_is_string(value))
		return emit_text(emitter, json_string_value(value),
				 is_plain(json_string_value(value)));
	text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
	ok = text != NULL && emit_text(emitter, text, true);
	free(text);
	return ok;
}

static bool emit_value(yaml_emitter_t *emitter, json_t *value);

static bool emit_object(yaml_emitter_t *emitter, json_t *object)
{
	yaml_event_t event;
	const char *key;
	json_t *value;
	bool ok = yaml_mapping_start_event_initialize(&event, NULL, NULL, 1,
						      YAML_BLOCK_MAPPING_STYLE) &&
		  yaml_emitter_emit(emitter, &event);

	json_object_foreach(object, key, value) ok =
		ok && emit_text(emitter, key, is_plain(key)) && emit_value(emitter, value);
	return ok && yaml_mapping_end_event_initialize(&event) &&
	       yaml_emitter_emit(emitter, &event);
}

static bool emit_array(yaml_emitter_t *emitter, json_t *array)
{
	yaml_event_t event;
	size_t i;
	bool ok = yaml_sequence_start_event_initialize(&event, NULL, NULL, 1,
						       YAML_BLOCK_SEQUENCE_STYLE) &&
		  yaml_emitter_emit(emitter, &event);

	for (i = 0; ok && i < json_array_size(array); i++)
		ok = emit_value(emitter, json_array_get(array, i));
	return ok && yaml_sequence_end_event_initialize(&event) &&
	       yaml_emitter_emit(emitter, &event);
}

static bool emit_value(yaml_emitter_t *emitter, json_t *value)
{
	if (json_is_object(value))
		return emit_object(emitter, value);
	if (json_is_array(value))
		return emit_array(emitter, value);
	return emit_scalar(emitter, value);
}

static bool emit_document(yaml_emitter_t *emitter, json_t *value)
{
	yaml_event_t event;

	return yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING) &&
	       yaml_emitter_emit(emitter, &event) &&
	       yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1) &&
	       yaml_emitter_emit(emitter, &event) && emit_value(emitter, value) &&
	       yaml_document_end_event_initialize(&event, 1) &&
	       yaml_emitter_emit(emitter, &event) && yaml_stream_end_event_initialize(&event) &&
	       yaml_emitter_emit(emitter, &event);
}

bool out_yaml(GString *to, const char *json, bool item)
{
	json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
	yaml_emitter_t emitter;
	bool ok = value != NULL && yaml_emitter_initialize(&emitter);

	if (item)
		value = json_pack("[o]", value);
	if (ok) {
		yaml_emitter_set_output(&emitter, append_bytes, to);
		yaml_emitter_set_unicode(&emitter, 1);
		yaml_emitter_set_width(&emitter, -1);
		ok = emit_document(&emitter, value);
		yaml_emitter_delete(&emitter);
	}
	json_decref(value);
	return ok;
}

/* A list is one document of sequences, each record an item. */
bool yaml_record(struct out *out, const struct shop_record *type, const void *record,
		 struct shop_error *err)
{
	GString *json = g_string_new(NULL);
	bool ok;

	json_append(out, json, type, record, false);
	ok = out_yaml(out->text, json->str, !out->options.single);
	g_string_free(json, TRUE);
	return ok || shop_fail(err, E_INTERNAL, "cannot write a %s as YAML", type->name);
}
