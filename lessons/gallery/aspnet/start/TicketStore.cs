using Dapper;
using Npgsql;

namespace Tickets;

public record Ticket(int Id, string Title, bool Closed);

public class TicketStore(NpgsqlDataSource source)
{
    public async Task<IEnumerable<Ticket>> Open()
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.QueryAsync<Ticket>("select id, title, closed from tickets where not closed");
    }

    public async Task<Ticket?> Find(int id)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Ticket>(
            "select id, title, closed from tickets where id = @id", new { id });
    }
}
