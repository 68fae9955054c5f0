"""Charging: what each partner pays of each cost pool, and why."""
