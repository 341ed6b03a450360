package club.books;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The books that the club has read or wants to read. */
@Component
public class Shelf {
    private final List<Book> books = new ArrayList<>();

    public synchronized Book add(Book book) {
        books.removeIf(other -> other.title().equals(book.title()));
        books.add(book);
        return book;
    }

    public synchronized List<Book> unread() {
        return books.stream().filter(book -> !book.read()).toList();
    }
}
