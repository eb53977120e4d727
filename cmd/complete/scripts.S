/* The scripts of completions/ as they are, in the program's read-only data. */
#define SCRIPT(shell, file)                                                                        \
	.globl completion_script_##shell;                                                          \
	completion_script_##shell:;                                                                \
	.incbin file;                                                                              \
	.byte 0;

	.section .rodata
SCRIPT(bash, "completions/shopctl.bash")
SCRIPT(zsh, "completions/_shopctl")
SCRIPT(fish, "completions/shopctl.fish")
	.section .note.GNU-stack, "", %progbits
