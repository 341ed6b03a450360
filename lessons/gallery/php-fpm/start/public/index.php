<?php

declare(strict_types=1);

require __DIR__ . '/../vendor/autoload.php';

use GuestBook\Entries;

$entries = new Entries(new PDO(getenv('DATABASE_DSN') ?: 'pgsql:host=db;dbname=guests'));

if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $entries->add((string) ($_POST['name'] ?? ''), (string) ($_POST['text'] ?? ''));
    header('Location: /', true, 303);
    exit;
}

header('Content-Type: application/json');
echo json_encode($entries->latest(20), JSON_THROW_ON_ERROR);
