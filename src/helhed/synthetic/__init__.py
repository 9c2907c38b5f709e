"""A made-up Copenhagen: the clients of both administrations, written as the files their case systems would send.

city.write_city(folder, people, seed, progress)   the files, and when they came
calibration.expected(people)                      how many each group holds for certain on 1 June 2022
"""
