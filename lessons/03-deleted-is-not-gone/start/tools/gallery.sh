# Makes the gallery page of photos.txt, and leaves a trace of its work that nobody needs later.
cd /usr/share/nginx/html
head -c 60000000 /dev/zero > /tmp/trace.bin
echo "<h1>Gallery</h1>" > gallery.html
while read -r photo; do
  echo "<p>$photo</p>" >> gallery.html
done < photos.txt
echo "gallery written"
