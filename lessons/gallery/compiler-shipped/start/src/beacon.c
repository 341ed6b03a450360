#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Tells whoever connects the time. */
int main(void) {
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(7000),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(server, (struct sockaddr *)&address, sizeof address) != 0 || listen(server, 8) != 0) {
        perror("beacon");
        return 1;
    }
    for (;;) {
        int client = accept(server, NULL, NULL);
        char text[64];
        int length = snprintf(text, sizeof text, "%ld\n", (long)time(NULL));
        if (write(client, text, (size_t)length) < 0) {
            perror("beacon");
        }
        close(client);
    }
}
