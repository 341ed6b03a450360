# What the service runs, in dist/.
mkdir -p dist
cp src/*.js dist/
