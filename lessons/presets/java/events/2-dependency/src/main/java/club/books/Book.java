package club.books;

import jakarta.validation.constraints.NotBlank;

public record Book(@NotBlank String title, @NotBlank String author, boolean read) {
}
