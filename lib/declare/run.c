/*
 * The whole file against the store: a diff reads, an apply writes; both take the same steps in the
 * same order.
 */
#include "declare/declare_run.h"

#include "shop/product.h"
#include "shop/supplier.h"

#include <string.h>

void declare_change_done(struct shop_declare_change *change)
{
	shop_record_done(&shop_declare_change_record, change);
}

void run_remember(struct declare_run *run, const struct shop_error *err)
{
	if (run->first.id == E_NONE) {
		/* A value of a file is data, not a word of the command line. */
		shop_fail(&run->first, err->code == SHOP_USAGE ? E_DECLARE : err->id, "%s",
			  err->message);
		if (err->object != NULL)
			shop_fail_object(&run->first, err->object);
		if (err->because != NULL)
			shop_fail_because(&run->first, "%s", err->because);
		run->first.fix = g_strdupv(err->fix);
	} else if (run->first.code != (err->code == SHOP_USAGE ? SHOP_INVALID : err->code)) {
		run->mixed = true;
	}
}

void run_problem(struct declare_run *run, const struct declare_object *object,
		 struct shop_error *err)
{
	struct declare_place at = {object->line, object->column};
	int field = err->field == NULL ? -1 : declare_field_find(object->kind, err->field);

	if (field >= 0 && object->values[field].given)
		at = (struct declare_place){object->values[field].line,
					    object->values[field].column};
	run_remember(run, err);
	declare_problem_error(run->set, at, NULL, err);
}

/* Refusals of one kind keep their code and the command that helps. */
static bool settle(struct declare_run *run, struct shop_error *err)
{
	if (run->set->problems == 0)
		return true;
	if (run->first.id == E_NONE || run->mixed)
		return declare_settled(run->set, err);
	shop_error_take(err, &run->first);
	g_free(err->message);
	err->message =
		run->set->problems == 1
			? g_strdup(run->set->first_problem)
			: g_strdup_printf("%s: %" G_GINT64_FORMAT " problems; nothing was changed",
					  run->set->name, run->set->problems);
	return false;
}

bool run_supplier_name(struct declare_run *run, int64_t id, const char **ret_name,
		       struct shop_error *err)
{
	*ret_name = NULL;
	if (id == 0)
		return true;
	if (id != run->supplier_id) {
		AUTO_SUPPLIER struct shop_supplier supplier = {0};

		if (!shop_supplier_load(run->store, id, &supplier, err))
			return false;
		g_free(run->supplier_name);
		run->supplier_name = g_steal_pointer(&supplier.name);
		run->supplier_id = id;
	}
	*ret_name = run->supplier_name;
	return true;
}

/* What is wrong with the store or the disk ends the run; what is wrong with an object is told, and
 * the next comes. */
bool run_is_about_object(const struct shop_error *err)
{
	return err->code == SHOP_USAGE || err->code == SHOP_NOT_FOUND ||
	       err->code == SHOP_CONFLICT || err->code == SHOP_INVALID || err->code == SHOP_REFUSED;
}

static bool tell(struct declare_run *run, const struct declare_object *object,
		 struct shop_error *err)
{
	if (!run_is_about_object(err))
		return false;
	run_problem(run, object, err);
	return true;
}

/* Two names of one object in a file would contradict each other. */
static bool check_seen(struct declare_run *run, const struct declare_object *object,
		       const char *ident, struct shop_error *err)
{
	char *key = g_strconcat(object->kind->name, ":", ident, NULL);
	gpointer line;

	if (g_hash_table_lookup_extended(run->seen, key, NULL, &line)) {
		g_free(key);
		return shop_fail(err, E_DUPLICATE, "%s %s stands twice, first on line %d",
				 object->kind->name, object->name, GPOINTER_TO_INT(line));
	}
	g_hash_table_insert(run->seen, key, GINT_TO_POINTER(object->line));
	return true;
}

static bool check_live(struct declare_run *run, const struct declare_object *object,
		       const struct declare_live *live, struct shop_error *err)
{
	if (run->how->edited != NULL &&
	    (!live->found || g_ascii_strcasecmp(live->ident, run->how->edited) != 0))
		return shop_fail(err, E_INVALID,
				 "this is %s now, not %s: what names it stays as it is",
				 object->name, run->how->edited);
	if (!live->found)
		return true;
	if (live->archived && declare_field_find(object->kind, "status") < 0)
		return shop_fail(err, E_STATE, "%s %s is archived", object->kind->name,
				 object->name);
	return check_seen(run, object, live->ident, err);
}

static void weigh_price(struct declare_run *run, const struct shop_declare_field *field)
{
	int64_t moves = shop_price_moves(value_money(field->from), value_money(field->to));

	run->counts.prices++;
	run->counts.price_change = MAX(run->counts.price_change, moves);
}

void run_count(struct declare_run *run, const struct declare_kind *kind,
	       const struct shop_declare_change *change)
{
	const struct shop_declare_field *fields = change->fields.items;

	if (*change->op == 'c')
		run->counts.created++;
	else if (*change->op == 'a')
		run->counts.archived++;
	else
		run->counts.updated++;
	for (size_t i = 0; *change->op == 'u' && i < change->fields.count; i++) {
		if (kind == &declare_price)
			weigh_price(run, &fields[i]);
		if (kind == &declare_stock && strcmp(fields[i].field, "on_hand") == 0)
			run->counts.levels++;
	}
}

static bool refuse_conflict(struct declare_run *run, const struct declare_object *object,
			    const struct shop_declare_change *change)
{
	const struct shop_declare_field *fields = change->fields.items;

	for (size_t i = 0; i < change->fields.count; i++) {
		AUTO_ERROR struct shop_error err = {0};

		if (g_strcmp0(fields[i].note, "conflict") != 0)
			continue;
		shop_fail(&err, E_APPLY_CONFLICT,
			  "%s was changed to %s since the file was applied; here it is %s",
			  change->object, fields[i].from == NULL ? "unset" : fields[i].from,
			  fields[i].to == NULL ? "unset" : fields[i].to);
		shop_fail_field(&err, fields[i].field);
		shop_fail_object(&err, change->object);
		shop_fail_fix(&err, "diff", "-f", run->set->name, NULL);
		run_problem(run, object, &err);
	}
	return true;
}

static bool reload(struct declare_run *run, const struct declare_object *object,
		   struct declare_live *live, struct shop_error *err)
{
	declare_live_done(live);
	return object->kind->load(run, object->values, live, err);
}

/* Make the difference good and keep what was applied. */
static bool write_object(struct declare_run *run, const struct declare_object *object,
			 struct declare_live *live, const struct declare_want *want, bool differs,
			 const struct declare_last *last, struct shop_error *err)
{
	const struct declare_kind *kind = object->kind;
	bool was_found = live->found;

	if (!live->found && kind->create != NULL && !kind->create(run, want, err))
		return false;
	if (live->found && differs && !kind->update(run, live, want, err))
		return false;
	if (run->how->edited != NULL)
		return true;
	if (!was_found && !reload(run, object, live, err))
		return false;
	/* What comes with another object is not there when that was refused. */
	if (!live->found)
		return run->set->problems > 0 ||
		       shop_fail(err, E_INTERNAL, "%s %s was not made", kind->name, object->name);
	if (!was_found && !check_seen(run, object, live->ident, err))
		return false;
	return last_save(run, object, live->ident, last, err);
}

static bool object_step(struct declare_run *run, const struct declare_object *object,
			struct shop_error *err)
{
	AUTO_LIVE struct declare_live live = {0};
	AUTO_CHANGE struct shop_declare_change change = {0};
	SHOP_CLEANUP(last_done) struct declare_last last = {0};
	struct declare_want want;
	int64_t conflicts;
	bool differs;

	if (!object->kind->load(run, object->values, &live, err) ||
	    !check_live(run, object, &live, err) ||
	    (live.found && run->how->edited == NULL &&
	     !last_load(run, object->kind, live.ident, &last, err)))
		return false;
	if (!compare_object(run, object, &live, &last, &want, &change, &conflicts))
		return true;
	differs = !live.found || change.fields.count > 0;
	run->counts.conflicts += conflicts;
	if (run->writing && conflicts > 0 && !run->how->force)
		return refuse_conflict(run, object, &change);
	if (run->writing && !write_object(run, object, &live, &want, differs, &last, err))
		return false;
	if (!differs) {
		run->counts.unchanged++;
		return true;
	}
	run_count(run, object->kind, &change);
	return run->fn(&change, run->ctx, err);
}

static bool all_objects(struct declare_run *run, struct shop_error *err)
{
	for (guint i = 0; i < run->set->objects->len; i++) {
		const struct declare_object *object = g_ptr_array_index(run->set->objects, i);

		if (!object_step(run, object, err) && !tell(run, object, err))
			return false;
	}
	/* With problems it is not known what the file has. */
	return (!run->how->prune || run->set->problems > 0 || run_prune(run, err)) &&
	       settle(run, err);
}

static bool run_all(struct declare_run *run, struct shop_declare_counts *ret_counts,
		    struct shop_error *err)
{
	bool ok;

	run->set->problems = 0;
	g_clear_pointer(&run->set->first_problem, g_free);
	run->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	run->backorder = g_strdup(shop_store_policy(run->store)->backorder);
	ok = all_objects(run, err);
	if (ok)
		*ret_counts = run->counts;
	g_hash_table_unref(run->seen);
	g_free(run->backorder);
	g_free(run->supplier_name);
	shop_error_done(&run->first);
	return ok;
}

bool shop_declare_diff(struct shop_store *store, struct shop_declare *set,
		       const struct shop_declare_how *how, shop_record_fn fn, void *ctx,
		       struct shop_declare_counts *ret_counts, struct shop_error *err)
{
	struct declare_run run = {.store = store, .set = set, .how = how, .fn = fn, .ctx = ctx};

	return run_all(&run, ret_counts, err);
}

bool shop_declare_apply(struct shop_store *store, struct shop_declare *set,
			const struct shop_declare_how *how, shop_record_fn fn, void *ctx,
			struct shop_declare_counts *ret_counts, struct shop_error *err)
{
	struct declare_run run = {
		.store = store, .set = set, .how = how, .fn = fn, .ctx = ctx, .writing = true};

	return run_all(&run, ret_counts, err);
}
