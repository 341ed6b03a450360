FROM maven:3-eclipse-temurin-21
WORKDIR /app

# What the dependencies are changes rarely, so it comes first.
COPY pom.xml .
RUN mvn -B dependency:go-offline

# The source changes all the time, so it comes last.
COPY . .
RUN mvn -B package

EXPOSE 8080
CMD ["java", "-jar", "target/book-club.jar"]
