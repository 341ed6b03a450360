package main

import (
	"encoding/json"
	"log"
	"net/http"
)

type place struct {
	Name string  `json:"name"`
	Lat  float64 `json:"lat"`
	Lon  float64 `json:"lon"`
}

var places = []place{
	{"Kanazawa", 36.56, 136.66},
	{"Toyama", 36.70, 137.21},
}

func main() {
	http.HandleFunc("GET /places", func(w http.ResponseWriter, _ *http.Request) {
		if err := json.NewEncoder(w).Encode(places); err != nil {
			log.Print(err)
		}
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
