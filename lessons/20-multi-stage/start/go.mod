module example.com/ferry-times

go 1.22
