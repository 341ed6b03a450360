FROM maven:3.9-eclipse-temurin-21 AS builder
LABEL stage=builder
WORKDIR /workspace
COPY pom.xml .
RUN mvn -B dependency:go-offline
COPY src src
RUN mvn -B package -DskipTests; \
    mkdir -p target/layers; \
    java -Djarmode=tools -jar target/app.jar extract --layers --destination target/layers

FROM eclipse-temurin:21-jre
ARG USER_ID=1000
RUN useradd --uid ${USER_ID} spring
USER spring
COPY --from=builder /workspace/target/layers/dependencies/ ./
COPY --from=builder /workspace/target/layers/application/ ./
STOPSIGNAL SIGTERM
ENTRYPOINT exec java $JAVA_OPTS -jar app.jar
