# A contact sheet of the pictures in a folder, as one JPEG.
montage "$1"/*.jpg -tile 4x -geometry 200x200+4+4 sheet.jpg
