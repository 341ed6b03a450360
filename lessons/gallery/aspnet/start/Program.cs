using Npgsql;
using Tickets;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHealthChecks();
builder.Services.AddSingleton(
    NpgsqlDataSource.Create(builder.Configuration.GetConnectionString("Tickets") ?? "Host=db"));
builder.Services.AddScoped<TicketStore>();

var app = builder.Build();
app.MapHealthChecks("/health");
app.MapGet("/tickets", (TicketStore store) => store.Open());
app.MapGet("/tickets/{id:int}", async (int id, TicketStore store) =>
    await store.Find(id) is { } ticket ? Results.Ok(ticket) : Results.NotFound());
app.Run();
