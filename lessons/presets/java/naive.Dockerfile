FROM maven:3-eclipse-temurin-21
WORKDIR /app

# Everything at once: from here on, every edit is a new start.
COPY . .
RUN mvn -B package

EXPOSE 8080
CMD ["java", "-jar", "target/book-club.jar"]
