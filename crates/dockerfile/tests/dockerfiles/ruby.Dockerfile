from ruby:3.4
maintainer "Someone <someone@example.org>"

env BUNDLE_PATH /bundle
run apt-get update -qq && apt-get install -y nodejs
workdir /app
add Gemfile Gemfile.lock /app/
run bundle install --jobs 4
add . /app
onbuild copy config /app/config
onbuild run bundle check
cmd bundle exec rails server -b 0.0.0.0
