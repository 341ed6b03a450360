// Greets whoever calls.
package main

import (
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"
)

func main() {
	router := chi.NewRouter()
	router.Get("/hello/{name}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "Good day, %s.\n", chi.URLParam(r, "name"))
	})
	if err := http.ListenAndServe(":8080", router); err != nil {
		panic(err)
	}
}
