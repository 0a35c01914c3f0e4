"""Key tasks (nhiệm vụ trọng tâm): who does what until when, how far it has come, and who has confirmed it."""
