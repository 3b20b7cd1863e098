"""What happens; presenters know no view, they speak in signals."""
