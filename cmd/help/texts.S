/* The texts of man/prose as they are, in the program's read-only data. */
#define TEXT(file) .incbin #file
#define TOPIC(id, name, summary)                                                                   \
	.globl topic_text_##id;                                                                    \
	topic_text_##id:;                                                                          \
	TEXT(man/prose/name.txt);                                                                  \
	.byte 0;
#define INTRO(id)                                                                                  \
	.globl intro_text_##id;                                                                    \
	intro_text_##id:;                                                                          \
	TEXT(man/prose/id.txt);                                                                    \
	.byte 0;

	.section .rodata
#include "help/topic_list.h"
	.section .note.GNU-stack, "", %progbits
