FROM composer:2 AS vendor
COPY composer.json composer.lock /app/
RUN composer install --no-dev --no-scripts --ignore-platform-reqs

FROM php:8.4-fpm-alpine
SHELL ["/bin/ash", "-eo", "pipefail", "-c"]
RUN docker-php-ext-install pdo_mysql opcache \

    && echo "opcache.enable=1" > "$PHP_INI_DIR/conf.d/opcache.ini"
COPY --from=vendor /app/vendor /var/www/html/vendor
COPY --chown=www-data . /var/www/html
LABEL org.opencontainers.image.title="Shop" \
      org.opencontainers.image.description='A shop with a "cart"' \
      org.opencontainers.image.version=1.0
EXPOSE 9000
