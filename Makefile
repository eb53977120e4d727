# shopctl: GNU make. Targets: all deps check manual demo bench install uninstall dist clean.
# Variables: CC CFLAGS LDFLAGS, DESTDIR prefix bindir datadir mandir libexecdir localstatedir unitdir, SANITIZE=1, DEBUG=1, SHARED=1, BUILD=dir,
# T=money (one test group), V=1 (the compiler's lines), FLOOR=dir (the raw floor that bench compares with).

VERSION := 0.1.0
RELEASED := November 24, 2026
# The one list of Debian packages; `make deps` installs what is missing of it.
PACKAGES := $(shell sed 's/\#.*//' packages.txt)

LIBRARIES := glib-2.0 sqlite3 jansson yaml-0.1 popt libsodium
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
        -Wformat=2 -Wno-format-nonliteral -Wundef -Wwrite-strings -Wpointer-arith

prefix      ?= /usr/local
exec_prefix ?= $(prefix)
bindir      ?= $(exec_prefix)/bin
datadir     ?= $(prefix)/share
libexecdir  ?= $(exec_prefix)/libexec
docdir      ?= $(datadir)/doc/shopctl
mandir      ?= $(datadir)/man
localstatedir ?= /var
unitdir     ?= $(prefix)/lib/systemd/system
sysusersdir ?= $(prefix)/lib/sysusers.d
bashdir     ?= $(datadir)/bash-completion/completions
zshdir      ?= $(datadir)/zsh/site-functions
fishdir     ?= $(datadir)/fish/vendor_completions.d
INSTALL     ?= install
FLOOR       ?= ../shared/floor

# V=1 shows the compiler's lines.
Q := $(if $(V),,@)
comma  := ,
CC     ?= gcc
BUILD  ?= build$(if $(SANITIZE),-sanitize)$(if $(DEBUG),-debug)
OPT    := $(if $(SANITIZE)$(DEBUG),-O1 -g -fno-omit-frame-pointer,-O2 -g -flto=auto)
SANFLAGS := $(if $(SANITIZE),-fsanitize=address$(comma)undefined -fno-sanitize-recover=undefined)
CPPFLAGS += -D_GNU_SOURCE -DSHOPCTL_LIBEXECDIR='"$(libexecdir)"' -DSHOPCTL_VERSION='"$(VERSION)"' -DSHOPCTL_RELEASED='"$(RELEASED)"' -Icmd -Ilib -Ilib/include \
            $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
CFLAGS ?= -fstack-protector-strong
override CFLAGS += -std=c11 $(WARN) $(OPT) $(SANFLAGS)

# The binary links its libraries from their archives (start-up: ARCHITECTURE in the README); SHARED=1 does not.
ARCHIVES := -Wl,-u,acos,--as-needed -Wl,-Bstatic -lpopt -lcsv -lyaml -ljansson -lsodium -lsqlite3 -lglib-2.0 -lpcre2-8 -lz -Wl,-Bdynamic
LIBS := $(if $(SHARED)$(SANITIZE),$(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) -lcsv,$(ARCHIVES)) -lm -pthread -ldl

# Outputs are written on success only, which gcc cannot see across files once LTO inlines them at the link.
LINK = $(CC) $(CFLAGS) -Wno-maybe-uninitialized $(LDFLAGS)

LIB_SRC := $(sort $(wildcard lib/*/*.c lib/*/*/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CMD_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard cmd/*/*.c))) $(BUILD)/cmd/help/texts.o $(BUILD)/cmd/complete/scripts.o
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
UNIT_HELP := $(filter-out $(UNIT_SRC),$(wildcard tests/unit/*.c))
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)

all: $(BUILD)/shopctl

$(BUILD)/shopctl: $(BUILD)/cmd/main.o $(CMD_OBJ) $(BUILD)/libshop.a
	@echo '  LINK  $@'
	$(Q)$(LINK) -o $@ $^ $(LIBS)

# The same program as distributions want it: every library shared.
$(BUILD)/shopctl-shared: $(BUILD)/cmd/main.o $(CMD_OBJ) $(BUILD)/libshop.a
	@echo '  LINK  $@'
	$(Q)$(LINK) -o $@ $^ $(shell pkg-config --libs $(LIBRARIES)) -lcsv -lm -pthread -ldl

$(BUILD)/libshop.a: $(LIB_OBJ)
	@echo '  AR    $@'
	$(Q)rm -f $@ && gcc-ar rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo '  CC    $<'
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The manual's prose goes into the binary as it is.
$(BUILD)/cmd/help/texts.o: cmd/help/texts.S cmd/help/topic_list.h $(wildcard man/prose/*.txt)
	@mkdir -p $(@D)
	@echo '  AS    $<'
	$(Q)$(CC) $(CPPFLAGS) -c -o $@ $<

# The shells' scripts go there too.
$(BUILD)/cmd/complete/scripts.o: cmd/complete/scripts.S $(wildcard completions/*)
	@mkdir -p $(@D)
	@echo '  AS    $<'
	$(Q)$(CC) $(CPPFLAGS) -c -o $@ $<

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(UNIT_HELP:%.c=$(BUILD)/%.o) $(BUILD)/libshop.a
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(LINK) -o $@ $^ $(LIBS) -lcmocka

$(BUILD)/bench/%: $(BUILD)/tests/bench/%.o $(BUILD)/libshop.a
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	$(Q)$(LINK) -o $@ $^ $(LIBS)

# libFuzzer over every parser of values; needs clang.
$(BUILD)/fuzz_values: tests/fuzz/fuzz_values.c $(wildcard lib/base/*.c)
	@mkdir -p $(@D)
	@echo '  FUZZ  $@'
	$(Q)clang $(CPPFLAGS) -std=c11 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
	  -o $@ $^ $(shell pkg-config --libs glib-2.0)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

deps:
	./tests/install-packages $(PACKAGES)

check: deps
	./tests/run

units: $(UNIT_BIN)

# The manual's pages from the command table and man/prose; a test compares.
manual: $(BUILD)/shopctl
	rm -f man/*.[1-8]
	$(BUILD)/shopctl __manual --all man

demo: deps all
	SHOPCTL=$(BUILD)/shopctl sample-data/demo

bench: deps all $(BUILD)/bench/place_orders $(BUILD)/bench/spawn
	tests/bench/bench $(BUILD)/shopctl $(BUILD)/bench/place_orders $(BUILD)/bench/spawn '$(wildcard $(FLOOR))' $(BUILD)/bench/work

# What services and cron run is written with the paths of this installation.
PATHS = sed -e 's|@bindir@|$(bindir)|g' -e 's|@libexecdir@|$(libexecdir)|g' \
        -e 's|@statedir@|$(localstatedir)/lib/shopctl|g' -e 's|@logdir@|$(localstatedir)/log/shopctl|g'
UNITS := $(notdir $(wildcard packaging/systemd/*.service packaging/systemd/*.timer))

install: all
	$(INSTALL) -d $(DESTDIR)$(bindir) $(DESTDIR)$(docdir)/examples $(DESTDIR)$(datadir)/shopctl \
	  $(DESTDIR)$(libexecdir)/shopctl $(DESTDIR)$(unitdir)/shopctl-.service.d $(DESTDIR)$(sysusersdir)
	$(INSTALL) -m 755 $(BUILD)/shopctl $(DESTDIR)$(bindir)/shopctl
	$(INSTALL) -m 644 README.md LICENSE $(DESTDIR)$(docdir)
	cp -R sample-data $(DESTDIR)$(datadir)/shopctl
	for section in 1 5 7 8; do \
	  $(INSTALL) -d $(DESTDIR)$(mandir)/man$$section && \
	  $(INSTALL) -m 644 man/*.$$section $(DESTDIR)$(mandir)/man$$section || exit; \
	done
	$(INSTALL) -d $(DESTDIR)$(bashdir) $(DESTDIR)$(zshdir) $(DESTDIR)$(fishdir)
	$(INSTALL) -m 644 completions/shopctl.bash $(DESTDIR)$(bashdir)/shopctl
	$(INSTALL) -m 644 completions/_shopctl $(DESTDIR)$(zshdir)
	$(INSTALL) -m 644 completions/shopctl.fish $(DESTDIR)$(fishdir)
	for unit in $(UNITS) shopctl-.service.d/10-shop.conf; do \
	  $(PATHS) packaging/systemd/$$unit >$(DESTDIR)$(unitdir)/$$unit || exit; done
	$(INSTALL) -m 644 packaging/sysusers/shopctl.conf $(DESTDIR)$(sysusersdir)
	$(PATHS) packaging/cron/shopctl.crontab >$(DESTDIR)$(docdir)/examples/shopctl.crontab
	$(PATHS) packaging/logrotate/shopctl >$(DESTDIR)$(docdir)/examples/shopctl.logrotate
	$(PATHS) packaging/libexec/shopctl-backup-daily >$(DESTDIR)$(libexecdir)/shopctl/shopctl-backup-daily
	chmod 755 $(DESTDIR)$(libexecdir)/shopctl/shopctl-backup-daily

uninstall:
	rm -f $(DESTDIR)$(bindir)/shopctl $(DESTDIR)$(mandir)/man[1578]/shopctl[-.]*[1578] \
	  $(UNITS:%=$(DESTDIR)$(unitdir)/%) $(DESTDIR)$(sysusersdir)/shopctl.conf \
	  $(DESTDIR)$(libexecdir)/shopctl/shopctl-backup-daily \
	  $(DESTDIR)$(bashdir)/shopctl $(DESTDIR)$(zshdir)/_shopctl $(DESTDIR)$(fishdir)/shopctl.fish
	rm -rf $(DESTDIR)$(docdir) $(DESTDIR)$(datadir)/shopctl $(DESTDIR)$(unitdir)/shopctl-.service.d

dist:
	mkdir -p dist
	git archive --prefix=shopctl-$(VERSION)/ -o dist/shopctl-$(VERSION).tar.gz HEAD

clean:
	rm -rf build build-sanitize build-debug build-clang dist

.PHONY: all deps check units manual demo bench install uninstall dist clean
.SECONDARY:
