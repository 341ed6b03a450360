// Prints address labels for the parcel tracker.
package main

import (
	"fmt"
	"net/http"
)

func main() {
	http.HandleFunc("/labels/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "PARCEL %s\n", r.URL.Path[len("/labels/"):])
	})
	if err := http.ListenAndServe(":8080", nil); err != nil {
		panic(err)
	}
}
