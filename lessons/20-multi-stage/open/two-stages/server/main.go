// Serves the timetable of a ferry, and a page that shows it.
package main

import (
	"encoding/json"
	"log"
	"net/http"
)

type Crossing struct {
	Leaves  string `json:"leaves"`
	Arrives string `json:"arrives"`
}

var today = []Crossing{{"07:10", "07:45"}, {"12:30", "13:05"}, {"18:00", "18:35"}}

func main() {
	http.HandleFunc("/health", func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(map[string]string{"status": "Healthy"})
	})
	http.HandleFunc("/crossings", func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(today)
	})
	http.Handle("/", http.FileServer(http.Dir("web")))
	log.Fatal(http.ListenAndServe(":9090", nil))
}
