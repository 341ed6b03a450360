# Maven, the compiler and the repository of packages are needed here only.
FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /app
COPY pom.xml .
RUN mvn -B dependency:go-offline
COPY . .
RUN mvn -B package

# What runs: a runtime without a compiler, and one file.
FROM eclipse-temurin:21-jre
WORKDIR /app
COPY --from=build /app/target/book-club.jar ./

USER nobody
EXPOSE 8080
CMD ["java", "-jar", "book-club.jar"]
