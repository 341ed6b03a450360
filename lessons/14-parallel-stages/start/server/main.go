// Ferry tells when the next boat leaves, and shows a page that asks it.
package main

import (
	"fmt"
	"net/http"
	"time"

	"github.com/gorilla/mux"
)

func next(now time.Time) time.Time {
	return now.Truncate(20 * time.Minute).Add(20 * time.Minute)
}

func main() {
	routes := mux.NewRouter()
	routes.HandleFunc("/next", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, next(time.Now()).Format("15:04"))
	})
	routes.PathPrefix("/").Handler(http.FileServer(http.Dir("/static")))
	http.ListenAndServe(":8080", routes)
}
