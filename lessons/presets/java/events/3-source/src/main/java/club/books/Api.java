package club.books;

import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Api {
    private final Shelf shelf;

    public Api(Shelf shelf) {
        this.shelf = shelf;
    }

    @GetMapping("/unread")
    public List<Book> unread() {
        return shelf.unread();
    }

    @PostMapping("/books")
    public Book add(@Valid @RequestBody Book book) {
        return shelf.add(book);
    }
}
