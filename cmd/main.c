/*
 * shopctl: descriptors and signals made safe, then the frame runs the command line.
 */
#include "frame/frame.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A closed descriptor 0-2 would be taken by the store's file, and a message written into it. What
 * stands in for stdout cannot be written, so that a result nobody can read is an error.
 */
static bool open_standard_descriptors(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return false;
	return true;
}

int main(int argc, char **argv)
{
	if (!open_standard_descriptors())
		return SHOP_INTERNAL;
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
	(void)umask(077);
	return frame_main(argc, (const char **)argv);
}
