package com.example.orders;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class OrderController {
    record Order(long number, String customer, int items) {}

    private static final List<Order> ORDERS =
            List.of(new Order(1001, "Harada", 3), new Order(1002, "Okafor", 1));

    @GetMapping("/orders")
    List<Order> all() {
        return ORDERS;
    }

    @GetMapping("/orders/{number}")
    Order one(@PathVariable long number) {
        return ORDERS.stream()
                .filter(order -> order.number() == number)
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
