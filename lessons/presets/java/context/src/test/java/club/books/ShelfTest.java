package club.books;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShelfTest {
    @Test
    void readBooksAreNoLongerWanted() {
        Shelf shelf = new Shelf();
        shelf.add(new Book("Middlemarch", "George Eliot", false));
        shelf.add(new Book("Emma", "Jane Austen", true));
        assertEquals(1, shelf.unread().size());
    }
}
