package main

import (
	"encoding/json"
	"log"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"example.com/tides/tide"
)

func main() {
	router := chi.NewRouter()
	router.Get("/now", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]any{"metres": tide.At(time.Now())})
	})
	log.Println("The harbour is open on port 8080")
	log.Fatal(http.ListenAndServe(":8080", router))
}
