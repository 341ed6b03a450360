<?php

declare(strict_types=1);

namespace GuestBook;

use PDO;

final class Entries
{
    public function __construct(private readonly PDO $database)
    {
    }

    public function add(string $name, string $text): void
    {
        $this->database
            ->prepare('insert into entries (name, text) values (?, ?)')
            ->execute([$name, $text]);
    }

    /** @return list<array{name: string, text: string}> */
    public function latest(int $count): array
    {
        $found = $this->database->prepare('select name, text from entries order by id desc limit ?');
        $found->execute([$count]);

        return $found->fetchAll(PDO::FETCH_ASSOC);
    }
}
