# shopctl: GNU make. Targets: all deps check clean dist.
# Variables: CC CFLAGS LDFLAGS, SANITIZE=1, DEBUG=1, SHARED=1, BUILD=dir, T=money (one test group).

VERSION := 0.1.0
# The one list of Debian packages; `make deps` installs what is missing of it.
PACKAGES := $(shell sed 's/\#.*//' packages.txt)

LIBRARIES := glib-2.0 sqlite3 jansson yaml-0.1 popt libsodium
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
        -Wformat=2 -Wno-format-nonliteral -Wundef -Wwrite-strings -Wpointer-arith

comma  := ,
CC     ?= gcc
BUILD  ?= build$(if $(SANITIZE),-sanitize)$(if $(DEBUG),-debug)
OPT    := $(if $(SANITIZE)$(DEBUG),-O1 -g -fno-omit-frame-pointer,-O2 -g -flto=auto)
SANFLAGS := $(if $(SANITIZE),-fsanitize=address$(comma)undefined -fno-sanitize-recover=undefined)
CPPFLAGS += -D_GNU_SOURCE -DSHOPCTL_VERSION='"$(VERSION)"' -Icmd -Ilib -Ilib/include \
            $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
CFLAGS ?= -fstack-protector-strong
override CFLAGS += -std=c11 $(WARN) $(OPT) $(SANFLAGS)

# The binary links its libraries from their archives (start-up: ARCHITECTURE in the README); SHARED=1 does not.
ARCHIVES := -Wl,-Bstatic -lpopt -lcsv -lyaml -ljansson -lsodium -lsqlite3 -lglib-2.0 -lpcre2-8 -lz -Wl,-Bdynamic
LIBS := $(if $(SHARED)$(SANITIZE),$(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) -lcsv,$(ARCHIVES)) -lm -pthread -ldl

LIB_SRC := $(sort $(wildcard lib/*/*.c lib/*/*/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CMD_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard cmd/*/*.c)))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
UNIT_HELP := $(filter-out $(UNIT_SRC),$(wildcard tests/unit/*.c))
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)

all: $(BUILD)/shopctl

$(BUILD)/shopctl: $(BUILD)/cmd/main.o $(CMD_OBJ) $(BUILD)/libshop.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libshop.a: $(LIB_OBJ)
	rm -f $@ && gcc-ar rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(UNIT_HELP:%.c=$(BUILD)/%.o) $(BUILD)/libshop.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

deps:
	./tests/install-packages $(PACKAGES)

check: deps
	./tests/run

units: $(UNIT_BIN)

dist:
	mkdir -p dist
	git archive --prefix=shopctl-$(VERSION)/ -o dist/shopctl-$(VERSION).tar.gz HEAD

clean:
	rm -rf build build-sanitize build-debug build-clang dist

.PHONY: all deps check units dist clean
.SECONDARY:
