package club.books;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class BookClub {
    public static void main(String[] args) {
        SpringApplication.run(BookClub.class, args);
    }
}
