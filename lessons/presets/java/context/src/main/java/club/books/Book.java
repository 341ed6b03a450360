package club.books;

public record Book(String title, String author, boolean read) {
}
