# Stops the service at its start where a setting is missing: .env.example names them all.
module Settings
  def self.check!
    names = File.readlines(".env.example").map { |line| line[/\A\w+/] }.compact
    missing = names.reject { |name| ENV.key?(name) }
    abort "missing settings: #{missing.join(', ')}" unless missing.empty?
  end
end
