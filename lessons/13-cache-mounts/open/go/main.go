// Ferry tells when the next boat leaves.
package main

import (
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/gorilla/mux"
)

// Set by the linker: -X main.commit=…
var commit = "unknown"

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	routes := mux.NewRouter()
	routes.HandleFunc("/next", func(w http.ResponseWriter, _ *http.Request) {
		next := time.Now().Truncate(20 * time.Minute).Add(20 * time.Minute)
		fmt.Fprintln(w, next.Format("15:04"))
	})
	routes.HandleFunc("/version", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, commit)
	})
	http.ListenAndServe(":"+port, routes)
}
