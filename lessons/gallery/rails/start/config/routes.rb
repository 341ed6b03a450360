Rails.application.routes.draw do
  get "up" => "rails/health#show"

  resources :offers, only: %i[index create]
  root "offers#index"
end
